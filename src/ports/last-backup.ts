/** The name of the value in `Meta` that tells when the last backup was made, in milliseconds; absent = never. */
export const LAST_BACKUP = 'last_backup_at';
