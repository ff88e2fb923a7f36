"""Pages and feeds over HTTP: views of what the services say."""
