/** Faults: effect × moment × target, as values; a plan that answers which are due. */
@NullMarked
package dev.midge.fault;

import org.jspecify.annotations.NullMarked;
