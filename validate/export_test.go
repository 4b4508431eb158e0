package validate

// SetChunk makes the chunks of a run smaller, so that a short stream has many.
func SetChunk(v *Validator, n int) { v.chunk = n }

// MaxLag is how many records a run with n workers may hold at once.
func MaxLag(v *Validator) int { return (inFlight*v.workers + 1) * v.chunk }
