/** The things that midge doctor looks at, and its words about each. */
@NullMarked
package dev.midge.cli.doctor;

import org.jspecify.annotations.NullMarked;
