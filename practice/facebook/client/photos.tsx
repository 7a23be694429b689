import { useRef } from "react";
import { limits } from "../options.ts";
import { uploadPhoto } from "./api.ts";
import { Press } from "./parts.tsx";

export interface Photo {
  readonly key: string;
  readonly id: string | null;
  readonly src: string;
  readonly progress: number;
}

interface Props {
  readonly photos: readonly Photo[];
  readonly onChange: (update: (photos: readonly Photo[]) => readonly Photo[]) => void;
  readonly onError: (message: string) => void;
}

let serial = 0;

/** Two file inputs: the first takes pictures, the second takes a video only. */
export function Photos({ photos, onChange, onError }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const patch = (key: string, next: Partial<Photo>) =>
    onChange((all) => all.map((photo) => (photo.key === key ? { ...photo, ...next } : photo)));

  const upload = async (key: string, file: File) => {
    try {
      patch(key, { id: await uploadPhoto(file, (progress) => patch(key, { progress })), progress: 1 });
    } catch (error) {
      onChange((all) => all.filter((photo) => photo.key !== key));
      onError((error as Error).message);
    }
  };
  const add = (files: readonly File[]) => {
    const pictures = files.filter((file) => file.type.startsWith("image/"));
    if (pictures.length < files.length) onError("Only photos can be added here");
    if (photos.length + pictures.length > limits.photos) onError(`You can add up to ${limits.photos} photos`);
    const accepted = pictures
      .slice(0, limits.photos - photos.length)
      .map((file) => ({ key: `f${++serial}`, file }));
    onChange((all) => [
      ...all,
      ...accepted.map(({ key, file }) => ({ key, id: null, src: URL.createObjectURL(file), progress: 0 })),
    ]);
    for (const { key, file } of accepted) void upload(key, file);
  };

  return (
    <div className="photos">
      <div className="help">
        <b>
          Photos · {photos.length} / {limits.photos}
        </b>{" "}
        - You can add up to {limits.photos} photos.
      </div>
      <div className="photo-grid">
        {photos.map((photo, index) => (
          <div key={photo.key} className="photo">
            <img src={photo.src} alt={`Photo ${index + 1}`} />
            {photo.id === null ? (
              <div
                role="progressbar"
                aria-label="Loading"
                aria-valuenow={Math.round(photo.progress * 100)}
                className="spinner"
              />
            ) : (
              <Press
                label="Remove photo"
                kind="plain"
                onPress={() => onChange((all) => all.filter(({ key }) => key !== photo.key))}
              >
                <i className="photo-cross">✕</i>
              </Press>
            )}
          </div>
        ))}
        {photos.length < limits.photos ? (
          <div
            role="button"
            tabIndex={0}
            className="photo-add"
            onClick={() => input.current?.click()}
            onDragOver={(event) => event.preventDefault()}
            onDrop={(event) => {
              event.preventDefault();
              add([...event.dataTransfer.files]);
            }}
          >
            <i className="photo-icon">+</i>
            <span>Add photos</span>
            <span className="help">or drag and drop</span>
          </div>
        ) : null}
      </div>
      <input
        ref={input}
        type="file"
        className="file"
        multiple
        accept="image/*,image/heif,image/heic"
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          event.target.value = "";
          add(files);
        }}
      />
      <div className="help">Video · 0 / 1</div>
      <input
        type="file"
        className="file"
        accept="video/*"
        onChange={() => onError("Video is not available here")}
      />
    </div>
  );
}
