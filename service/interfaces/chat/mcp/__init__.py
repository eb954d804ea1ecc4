"""The door of the Model Context Protocol: tools and resources, over HTTP and over stdio."""
