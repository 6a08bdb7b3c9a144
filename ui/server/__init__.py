"""What the server answers over HTTP beside the pages, and what it does when it starts."""
