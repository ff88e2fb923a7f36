-- Two roles: planner_owner makes and changes tables, planner reads and writes rows and can do nothing else.
CREATE ROLE planner_owner LOGIN;
CREATE ROLE planner LOGIN;
CREATE DATABASE plan OWNER planner_owner;
\connect plan
-- Whatever table a later form brings, planner may use it, and nobody need remember to say so.
ALTER DEFAULT PRIVILEGES FOR ROLE planner_owner GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO planner;
ALTER DEFAULT PRIVILEGES FOR ROLE planner_owner GRANT USAGE, SELECT, UPDATE ON SEQUENCES TO planner;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT ALL ON SCHEMA public TO planner_owner;
