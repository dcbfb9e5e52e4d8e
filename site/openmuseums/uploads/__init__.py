"""Uploads: pictures and documents with their credit, licence and source, and how they are served."""
