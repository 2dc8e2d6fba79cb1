"""The server's own pages, one folder each. A page's module offers `make_blueprint(context)`."""
