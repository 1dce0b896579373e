/**
 * The configuration file of a broker: its lines, the table of its keys, and the values that come of
 * them.
 */
@NullMarked
package dev.midge.broker.config.file;

import org.jspecify.annotations.NullMarked;
