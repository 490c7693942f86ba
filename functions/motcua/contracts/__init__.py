"""Everything that crosses a wire, as pydantic models: strict inward, explicit translation to and from the domain."""
