/**
 * The messages of one session on their way out: queue, inflight window, packets, slow subscribers.
 */
@NullMarked
package dev.midge.broker.core.delivery;

import org.jspecify.annotations.NullMarked;
