/** The faults of a broker or proxy at the command line, and the log of faults. */
@NullMarked
package dev.midge.cli.fault;

import org.jspecify.annotations.NullMarked;
