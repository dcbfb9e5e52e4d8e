"""How the course is found from elsewhere: structured data, previews of links, the sitemap, the feeds."""
