// A parser of another family: what ical.js reads in the files named, as JSON. Zones are those of the file, not of Node.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const { default: ICAL } = await import(pathToFileURL(process.argv[2]));
const text = (component, name) => component.getFirstPropertyValue(name) ?? "";
const instant = (time) => (time.isDate ? time.toString() : time.toUnixTime());
const event = (component) => ({
  uid: text(component, "uid"),
  summary: text(component, "summary"),
  description: text(component, "description"),
  location: text(component, "location"),
  categories: component.getAllProperties("categories").flatMap((each) => each.getValues()),
  label: component.getFirstProperty("conference")?.getParameter("label") ?? "",
  start: instant(new ICAL.Event(component).startDate),
  end: instant(new ICAL.Event(component).endDate),
  properties: component.getAllProperties().map((each) => each.name),
  inside: component.getAllSubcomponents().length,
});
const calendar = (path) => {
  const root = new ICAL.Component(ICAL.parse(readFileSync(path, "utf8")));
  return {
    name: text(root, "x-wr-calname"),
    components: root.getAllSubcomponents().map((each) => each.name),
    events: root.getAllSubcomponents("vevent").map(event),
  };
};
console.log(JSON.stringify(process.argv.slice(3).map(calendar)));
