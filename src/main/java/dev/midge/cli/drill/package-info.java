/**
 * The command line of the Last Will drill: its options, its progress on the terminal and its
 * results.
 */
@NullMarked
package dev.midge.cli.drill;

import org.jspecify.annotations.NullMarked;
