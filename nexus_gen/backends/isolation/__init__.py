"""What is promised about isolation: the claims, and the page that states them."""
