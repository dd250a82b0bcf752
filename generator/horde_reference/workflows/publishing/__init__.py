"""What happens around publishing: looking at what is public, telling people, keeping it, going back."""
