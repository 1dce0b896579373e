package dev.midge.lwt;

import java.time.Duration;

/**
 * One line of the drill's table.
 *
 * @param ending how the client ended
 * @param expected what the broker owes for that
 * @param seen what the watcher saw, or why the row was skipped
 * @param after from the end of the client to the arrival of the will; null when nothing arrived
 */
public record Outcome(
    String ending, String expected, String seen, Duration after, Verdict verdict) {}
