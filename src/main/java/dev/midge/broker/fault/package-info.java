/** Faults of the broker's connections: gates for the packets of both directions, and their pace. */
@NullMarked
package dev.midge.broker.fault;

import org.jspecify.annotations.NullMarked;
