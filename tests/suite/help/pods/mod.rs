//! Mistakes in pods.

mod containers;
mod placement;
mod resources;
mod volumes;

use super::{Mistake, said, with};

const POD: &str = r"
apiVersion: batch/v1
kind: Job
metadata: {name: import, namespace: shop}
spec:
  backoffLimit: 2
  template:
    spec:
      restartPolicy: Never
      serviceAccountName: importer
      dnsPolicy: ClusterFirst
      hostname: import
      preemptionPolicy: Never
      activeDeadlineSeconds: 60
      initContainers:
        - name: wait
          image: registry.example.com/wait:1.0
      containers:
        - name: import
          image: registry.example.com/import:2.7
          imagePullPolicy: IfNotPresent
          ports:
            - {name: metrics, containerPort: 9090, protocol: TCP}
            - {name: http, containerPort: 8080}
          env:
            - name: LEVEL
              value: debug
            - name: PASSWORD
              valueFrom: {secretKeyRef: {name: shop, key: password}}
            - name: NODE
              valueFrom: {fieldRef: {fieldPath: spec.nodeName}}
            - name: MEMORY
              valueFrom: {resourceFieldRef: {resource: limits.memory}}
          envFrom:
            - configMapRef: {name: import}
          resources:
            requests: {cpu: 500m, memory: 256Mi}
            limits: {cpu: 1, memory: 512Mi, nvidia.com/gpu: 1}
          volumeMounts:
            - {name: data, mountPath: /data, subPath: new}
            - {name: cache, mountPath: /cache}
          livenessProbe:
            httpGet: {port: 8080, scheme: HTTP}
            periodSeconds: 5
            successThreshold: 1
          lifecycle:
            preStop: {sleep: {seconds: 5}}
          securityContext:
            allowPrivilegeEscalation: false
            privileged: false
            seccompProfile: {type: RuntimeDefault}
      volumes:
        - {name: data, persistentVolumeClaim: {claimName: shop}}
        - {name: cache, emptyDir: {}}
        - {name: login, secret: {secretName: shop, defaultMode: 0400}}
        - {name: node, hostPath: {path: /var/shop, type: Directory}}
";

/// Where pods of a CronJob may run.
const PLACED: &str = r"
apiVersion: batch/v1
kind: CronJob
metadata: {name: render}
spec:
  schedule: '@daily'
  jobTemplate:
    spec:
      backoffLimit: 2
      template:
        spec:
          restartPolicy: Never
          containers: [{name: render, image: registry.example.com/render:1.0}]
          activeDeadlineSeconds: 600
          nodeSelector: {example.com/disk: ssd}
          tolerations:
            - {key: example.com/gpu, operator: Exists, effect: NoSchedule}
            - {key: example.com/spot, value: 'true'}
          affinity:
            nodeAffinity:
              requiredDuringSchedulingIgnoredDuringExecution:
                nodeSelectorTerms:
                  - matchExpressions: [{key: example.com/zone, operator: In, values: [a]}]
            podAntiAffinity:
              preferredDuringSchedulingIgnoredDuringExecution:
                - weight: 50
                  podAffinityTerm: {topologyKey: kubernetes.io/hostname, labelSelector: {matchLabels: {app: render}}}
          topologySpreadConstraints:
            - {maxSkew: 1, topologyKey: example.com/rack, whenUnsatisfiable: ScheduleAnyway}
";

/// Each mistake is reported by this rule, and gone where the word is written that is advised.
fn check(rule: &str, object: &str, mistakes: &[Mistake<'_>]) {
    super::check(rule, object, mistakes);
    for &(from, to, _, help, place) in mistakes {
        if let Some(word) = advised(help) {
            let said = said(&with(object, from, &to.replacen(place, word, 1)));
            assert!(said.is_empty(), "`{word}` instead of `{place}`: {said:#?}");
        }
    }
}

/// The word that a help has for the one that is wrong.
fn advised(help: &str) -> Option<&str> {
    let beginnings = ["`", "did you mean `", "no object can be called so; did you mean `"];
    let rest = beginnings.iter().find_map(|beginning| help.strip_prefix(beginning))?;
    rest.split_once('`').map(|(word, _)| word)
}
