package pipeline

// StateOf is stateOf, for tests.
var StateOf = stateOf
