/** Makes the messages of {@code pub}: payloads and topics by templates, sizes, and their rate. */
@NullMarked
package dev.midge.cli.make;

import org.jspecify.annotations.NullMarked;
