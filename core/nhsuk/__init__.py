"""How an NHS page and form look: the Jinja environment, form fields, navigation and charts."""
