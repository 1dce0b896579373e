/** What a client remembers of messages, requests and limits. It answers, and never sends. */
@NullMarked
package dev.midge.client.state;

import org.jspecify.annotations.NullMarked;
