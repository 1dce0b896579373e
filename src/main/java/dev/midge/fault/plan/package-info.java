/** The faults of a process, and the answer which of them are due on a connection. */
@NullMarked
package dev.midge.fault.plan;

import org.jspecify.annotations.NullMarked;
