/**
 * The terms between the broker's core and its surroundings: timers, memory, peers and an observer.
 */
@NullMarked
package dev.midge.broker.core;

import org.jspecify.annotations.NullMarked;
