package dev.midge.broker.persist;

/** The kinds of records, in snapshots and change logs. Their order is part of the format. */
enum RecordType {
  END,
  MESSAGE,
  SESSION,
  AWAY,
  ENDED,
  LAST_PACKET_ID,
  SUBSCRIBED,
  UNSUBSCRIBED,
  QUEUED,
  UNQUEUED,
  SENT,
  RELEASED,
  FINISHED,
  FETCHING,
  FETCHED,
  RECEIVED,
  RECEIPT_ENDED,
  RETAINED,
  CLEARED,
  WILL,
  WILL_GONE;

  private static final RecordType[] ALL = values();

  /** Returns the kind of a code. */
  static RecordType of(int code) throws BadRecordException {
    if (code >= ALL.length) {
      throw new BadRecordException("record of the unknown kind " + code);
    }
    return ALL[code];
  }
}
