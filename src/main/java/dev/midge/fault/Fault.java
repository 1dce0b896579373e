package dev.midge.fault;

/** A planned misfortune: {@code --fault EFFECT[@MOMENT]}. */
public record Fault(Effect effect, Moment moment) {}
