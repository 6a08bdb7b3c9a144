"""Everything that uses Streamlit: pages' views, shared parts, state, and the server."""
