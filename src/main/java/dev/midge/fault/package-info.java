/** Faults that are made to happen to a client's connection: their effects, and the moment. */
@NullMarked
package dev.midge.fault;

import org.jspecify.annotations.NullMarked;
