"""The lab API: its routing table, and the entry point of its Lambda function."""

from nexus_runtime.app import App

from . import dataset, experiment, experiment_run, metric

app = App(
    vertical="lab",
    tenant_claim="custom:organization_id",
    collections=(
        dataset.datasets,
        experiment.experiments,
        experiment_run.experiment_runs,
        metric.metrics,
    ),
    routes=(
        dataset.list_datasets,
        dataset.create_dataset,
        dataset.get_dataset,
        dataset.update_dataset,
        dataset.delete_dataset,
        dataset.restore_dataset,
        experiment.list_experiments,
        experiment.create_experiment,
        experiment.get_experiment,
        experiment.update_experiment,
        experiment.delete_experiment,
        experiment.restore_experiment,
        experiment_run.list_experiment_runs,
        experiment_run.create_experiment_run,
        experiment_run.get_experiment_run,
        experiment_run.update_experiment_run,
        experiment_run.delete_experiment_run,
        metric.list_metrics,
        metric.create_metric,
        metric.get_metric,
        metric.update_metric,
        metric.delete_metric,
    ),
)
handler = app.handle
