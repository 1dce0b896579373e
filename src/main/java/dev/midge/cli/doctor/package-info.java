/** What midge doctor looks at, and what it says of it. */
@NullMarked
package dev.midge.cli.doctor;

import org.jspecify.annotations.NullMarked;
