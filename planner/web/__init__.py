"""Pages and feeds over HTTP: views of what the services say. A restart loses nothing that anybody would miss."""
