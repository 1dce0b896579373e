/** Received messages as output: templates, JSON, and the form for people. */
@NullMarked
package dev.midge.format;

import org.jspecify.annotations.NullMarked;
