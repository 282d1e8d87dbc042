"""What is measured and printed: agreement with the labels (`make gold`) and speed as ratios (`make bench`)."""
