package dev.midge.net;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a passphrase at the first use and remembers the answer, also in another process that it
 * is handed to. For several threads.
 */
final class RememberedPassphrase implements Supplier<char @Nullable []>, Serializable {
  private static final long serialVersionUID = 1L;

  private transient @Nullable Supplier<char @Nullable []> source;
  private char @Nullable [] answer;

  /**
   * @param source gives null when nobody can be asked
   */
  RememberedPassphrase(Supplier<char @Nullable []> source) {
    this.source = source;
  }

  @Override
  public synchronized char @Nullable [] get() {
    if (source != null) {
      answer = source.get();
      source = null;
    }
    return answer == null ? null : answer.clone();
  }

  /** Writes the answer only: a key whose passphrase was not needed here needs none there either. */
  private synchronized void writeObject(ObjectOutputStream out) throws IOException {
    out.defaultWriteObject();
  }
}
