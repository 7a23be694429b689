/** Jobs through the API. Their targets come by the sync, which reads more of them than the API tells. */
import { z } from "zod";
import {
  createJobResponseSchema,
  jobDetailSchema,
  type CreateJobRequest,
  type Job,
  type JobDetail,
} from "#core/api/jobs.ts";
import { database } from "#extension/store/database.ts";
import { callApi } from "./http.ts";

const jobAnswer = z.object({ job: jobDetailSchema }).or(jobDetailSchema.transform((job) => ({ job })));
const done = z.unknown();

const keepJob = async ({ targets: _targets, ...job }: Job): Promise<void> => {
  await database.jobs.put(job);
};

export const createJob = async (request: CreateJobRequest, idempotencyKey: string): Promise<Job> => {
  const { job } = await callApi("/api/listings/create-job", createJobResponseSchema, {
    method: "POST",
    body: request,
    idempotencyKey,
  });
  await keepJob(job);
  return job;
};

export const readJob = async (jobId: string): Promise<JobDetail> => {
  const { job } = await callApi(`/api/listings/jobs/${jobId}`, jobAnswer);
  const { events, ...rest } = job;
  await keepJob(rest);
  await database.jobEvents.bulkPut(events.map((event) => ({ ...event, jobId, targetId: null })));
  return job;
};

export const cancelJob = (jobId: string): Promise<unknown> =>
  callApi(`/api/listings/jobs/${jobId}/cancel`, done, { method: "POST", body: {} });
