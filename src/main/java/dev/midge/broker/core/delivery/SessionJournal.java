package dev.midge.broker.core.delivery;

/**
 * The journal, for the changes of one session.
 *
 * @param session its number there
 */
public record SessionJournal(StateJournal journal, long session) {}
