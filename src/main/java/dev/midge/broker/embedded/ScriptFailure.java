package dev.midge.broker.embedded;

/**
 * An exception or error of a scripted function.
 *
 * @param filter as given to {@link TestBroker#onPublish}
 * @param thrown by the function
 */
public record ScriptFailure(String filter, Throwable thrown) {

  /** Returns the script and the throwable, in one line. */
  @Override
  public String toString() {
    return FailureText.functionOf(filter) + " has thrown " + FailureText.text(thrown.toString());
  }
}
