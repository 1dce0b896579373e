package dev.midge.cli.doctor;

import java.io.IOException;

/** Looks at one thing that midge depends on, and changes nothing. */
interface Check {

  /**
   * Looks. May take for ever; who asks does not wait.
   *
   * @throws IOException when it cannot be found out
   */
  Diagnosis look() throws IOException;
}
