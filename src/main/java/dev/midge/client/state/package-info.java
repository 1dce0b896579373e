/** The state of a client: messages, requests, limits. It answers questions, and never sends. */
@NullMarked
package dev.midge.client.state;

import org.jspecify.annotations.NullMarked;
