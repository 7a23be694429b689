import { useRef } from "react";
import { useDropzone } from "react-dropzone";
import { limits } from "../options.ts";
import { uploadPhoto } from "./api.ts";

export interface Photo {
  readonly key: string;
  /** Set when the upload is complete. */
  readonly id: string | null;
  readonly src: string;
  readonly progress: number;
}

interface Props {
  readonly photos: readonly Photo[];
  readonly onChange: (update: (photos: readonly Photo[]) => readonly Photo[]) => void;
  readonly onUploaded: (id: string) => void;
  readonly onError: (message: string) => void;
}

const parallel = 3;
let serial = 0;

export function PhotoUpload({ photos, onChange, onUploaded, onError }: Props) {
  const waiting = useRef<{ key: string; file: File }[]>([]);
  const running = useRef(0);
  const patch = (key: string, next: Partial<Photo>) =>
    onChange((all) => all.map((photo) => (photo.key === key ? { ...photo, ...next } : photo)));

  const pump = (): void => {
    while (running.current < parallel) {
      const next = waiting.current.shift();
      if (!next) return;
      running.current += 1;
      void uploadPhoto(next.file, (progress) => patch(next.key, { progress }))
        .then(
          ({ id }) => {
            patch(next.key, { id, progress: 1 });
            onUploaded(id);
          },
          (error: Error) => {
            onChange((all) => all.filter(({ key }) => key !== next.key));
            onError(error.message);
          },
        )
        .finally(() => {
          running.current -= 1;
          pump();
        });
    }
  };

  const add = (files: readonly File[]) => {
    const room = limits.photos - photos.length;
    if (files.length > room) onError(`You can add up to ${limits.photos} photos`);
    const accepted = files.slice(0, room).map((file) => ({ key: `p${++serial}`, file }));
    waiting.current.push(...accepted);
    onChange((all) => [
      ...all,
      ...accepted.map(({ key, file }) => ({ key, id: null, src: URL.createObjectURL(file), progress: 0 })),
    ]);
    pump();
  };

  const { getRootProps, getInputProps, isDragActive } = useDropzone({
    accept: { "image/*": [".jpg", ".jpeg", ".png", ".webp"] },
    onDrop: (accepted, rejected) => {
      const refused = rejected[0];
      if (refused) onError(`${refused.file.name} is not a photo we can use`);
      add(accepted);
    },
  });
  const { role: _role, tabIndex: _tab, ...rootProps } = getRootProps();

  return (
    <section className="photos">
      <div className="photo-grid">
        {photos.map((photo, index) => (
          <figure key={photo.key} className="photo">
            <img src={photo.src} alt={`Photo ${index + 1}`} />
            {photo.id === null ? (
              <div
                className="bar"
                role="progressbar"
                aria-label="Uploading"
                aria-valuenow={Math.round(photo.progress * 100)}
              >
                <span style={{ width: `${photo.progress * 100}%` }} />
              </div>
            ) : (
              <button
                type="button"
                className="photo-remove"
                aria-label={`Remove photo ${index + 1}`}
                onClick={() => onChange((all) => all.filter(({ key }) => key !== photo.key))}
              >
                ×
              </button>
            )}
            {index === 0 ? <figcaption>Cover</figcaption> : null}
          </figure>
        ))}
        {photos.length < limits.photos ? (
          <div
            {...rootProps}
            className={isDragActive ? "drop drop-active" : "drop"}
            data-testid="PhotoUploadBox"
          >
            <input {...getInputProps()} data-testid="SellPhotoInput" />
            <span className="drop-icon">+</span>
            <b>Add photos</b>
            <small>or drag and drop, up to {limits.photos}</small>
          </div>
        ) : null}
      </div>
    </section>
  );
}
