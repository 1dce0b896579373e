package dev.midge.broker.persist;

/** Is told of the work with the files, on the broker's thread. */
public interface PersistenceLog {

  /** The state is written to a file now. */
  void saving(String file);

  /**
   * Writing failed. The broker goes on, and tries again; the files keep the state that they have.
   *
   * @param why in the system's words
   */
  void failed(String file, String why);

  /** Writing works again, and all of the state is on disk. */
  void recovered(String file);

  /** The last record of a change log was written in part, and is left out. */
  void torn(String file, long bytes);

  /**
   * The broker before has ended without an orderly stop.
   *
   * @param wills number of the clients that were connected and had a will, which is published now
   *     or after its delay
   */
  void killed(int wills);

  /** A change log is left out, since the snapshot that it belongs to is gone. */
  void orphaned(String file);
}
