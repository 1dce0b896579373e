/**
 * A broker inside a program or a test: it is set up in one line, tells what it has seen, does what
 * a test asks for, and lets time pass. Needs no library; {@code dev.midge.broker.junit} makes a
 * JUnit extension of it.
 */
@NullMarked
package dev.midge.broker.embedded;

import org.jspecify.annotations.NullMarked;
