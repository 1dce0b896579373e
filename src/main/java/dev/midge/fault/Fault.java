package dev.midge.fault;

/** A planned fault: {@code --fault EFFECT[@MOMENT]}. */
public record Fault(Effect effect, Moment moment) {}
