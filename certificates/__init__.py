"""What is proven: certificates, how they look, how they are issued and checked."""
