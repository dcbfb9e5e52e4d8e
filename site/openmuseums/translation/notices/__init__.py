"""Notices for learners on pages whose original says something else by now."""
