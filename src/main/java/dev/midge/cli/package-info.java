/**
 * Facts that every part of the command line shares: the process, exit statuses, wrong usage, and
 * compatibility with mosquitto.
 */
@NullMarked
package dev.midge.cli;

import org.jspecify.annotations.NullMarked;
